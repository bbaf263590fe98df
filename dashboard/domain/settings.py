"""Settings: defaults, then a file, then the environment, then flags; each later one wins."""

from datetime import date, datetime
from pathlib import Path
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

TAIPEI = ZoneInfo("Asia/Taipei")

_PACKAGE = Path(__file__).parent.parent
HOUSE = next(place for place in (_PACKAGE.parent, _PACKAGE / "_house") if (place / "queries").is_dir())
"""Where queries/, data/ and geo/ stand: beside the package in a checkout, inside it when installed from a wheel."""


def today() -> date:
    """Return today in Taipei; a day of receipt ends there, wherever the server stands."""
    return datetime.now(TAIPEI).date()


class Settings(BaseSettings):
    """Everything an installation may choose."""

    model_config = SettingsConfigDict(env_prefix="GUOBAO_", toml_file="guobao.toml", extra="forbid", frozen=True)
    environment_prefix: ClassVar[str] = "GUOBAO_"

    data_dir: Path = Field(Path("var/data"), description="收件帳與資料倉儲的目錄；一套資料一個目錄")
    address: str = Field("127.0.0.1", description="伺服器監聽的位址")
    port: int = Field(8501, ge=0, le=65535, description="伺服器監聽的埠；0 為任選")
    officer: str = Field("", description="收件人員姓名；未設定則頁面只能讀")
    duckdb_threads: int = Field(2, ge=1, description="查詢使用的執行緒數")
    max_file_mb: int = Field(50, ge=1, description="單一收件檔案的上限（MB）")
    max_waiting_mb: int = Field(200, ge=1, description="一人待決定之檔案合計的上限（MB）；決定或移出後即釋出")
    max_cells: int = Field(5_000_000, ge=1, description="單一收件檔案的儲存格上限")
    read_seconds: float = Field(4, gt=0, description="讀取單一檔案可用的處理器時間（秒）")
    read_seconds_per_mb: float = Field(1, ge=0, description="檔案每 MB 另加的處理器時間（秒）")
    read_memory_mb: int = Field(512, ge=256, description="讀取檔案的程序可用的記憶體（MiB）")
    read_memory_mb_per_mb: int = Field(24, ge=0, description="檔案每 MB 另加的記憶體（MiB）")
    kept_warehouses: int = Field(3, ge=1, description="保留的資料倉儲版本數")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="紀錄的詳細程度")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: flags (init) over environment over file over defaults."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
