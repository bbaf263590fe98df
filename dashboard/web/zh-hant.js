// Streamlit has no translations: what it writes itself is put into Traditional Chinese here, as it appears.
// Text of ours is Chinese already, so an English string that equals one of these is Streamlit's.
(() => {
  const EXACT = new Map(Object.entries({
    "Skip to main content": "跳至主要內容",
    "Sidebar": "頁面選單",
    "Collapse sidebar": "收合頁面選單",
    "Expand sidebar": "開啟頁面選單",
    "App pages": "頁面",
    "View less": "顯示較少",
    "Link to heading": "本節連結",
    "Main menu": "主選單",
    "Print": "列印",
    "Settings": "設定",
    "Rerun": "重新執行",
    "Stop": "停止",
    "Running...": "計算中…",
    "Loading...": "載入中…",
    "Choose an option": "請選擇",
    "Choose options": "請選擇",
    "Select all": "全選",
    "Clear all": "全部清除",
    "Clear value": "清除",
    "Clear selection": "清除選取",
    "Selected values": "已選項目",
    "No results": "沒有符合的項目",
    "No options to select": "沒有可選的項目",
    "No options to select.": "沒有可選的項目",
    "Upload": "選擇檔案",
    "Add files": "加入檔案",
    "Error:": "錯誤：",
    "Uploading...": "上傳中…",
    "Drag and drop files here": "將檔案拖放到這裡",
    "file upload": "檔案上傳",
    "Choose date": "選擇日期",
    "Choose date range": "選擇日期範圍",
    "Previous month": "上個月",
    "Next month": "下個月",
    "Increment": "增加",
    "Decrement": "減少",
    "Open": "開啟",
    "Close": "關閉",
    "Dismiss": "關閉",
    "Pagination": "分頁",
    "Previous page": "上一頁",
    "Next page": "下一頁",
    "Scroll tabs left": "分頁標籤向左捲動",
    "Scroll tabs right": "分頁標籤向右捲動",
    "Notifications": "通知",
    "Fullscreen": "全螢幕",
    "Close fullscreen": "結束全螢幕",
    "Exit fullscreen": "結束全螢幕",
    "Search": "搜尋",
    "Download as CSV": "下載 CSV",
    "Show/hide columns": "顯示或隱藏欄位",
    "Dataframe column menu": "欄位選單",
    "Hide column": "隱藏欄位",
    "Pin column": "釘選欄位",
    "Unpin column": "取消釘選",
    "Sort ascending": "由小到大排序",
    "Sort descending": "由大到小排序",
    "Autosize": "自動調整欄寬",
    "Format": "格式",
    "Statistics": "統計",
    "empty": "沒有資料",
    "Copy to clipboard": "複製",
    "Copied": "已複製",
    "Help": "說明",
    "Connecting": "連線中",
    "Connecting to Streamlit server": "正在連線到伺服器",
    "Unable to connect to Streamlit server": "無法連線到伺服器",
    "Connection error": "連線中斷",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": "伺服器沒有回應；請稍後再試，或通知系統管理者。",
    "Streamlit server is not responding. Are you connected to the internet?": "伺服器沒有回應；請檢查網路連線，或通知系統管理者。",
    "Page not found": "找不到頁面",
  }));
  const PATTERNS = [
    [/^(\d+(?:\.\d+)?) ?([KMGT]B) per file(?: • (.+))?$/, (_, size, unit, kinds) => `每個檔案上限 ${size} ${unit}${kinds ? `，${kinds}` : ""}`],
    [/^File is larger than (.+)$/, (_, size) => `檔案超過 ${size}`],
    [/^(.+) files are not allowed\.$/, (_, kind) => `不接受 ${kind} 檔案`],
    [/^Remove (.+)$/, (_, what) => `移除${what}`],
    [/^Upload or drag and drop .+$/, () => "選擇檔案，或拖放到這裡"],
    [/^Drag and drop .+ here$/, () => "將檔案拖放到這裡"],
    [/^Selected [Dd]ate: (.+)$/, (_, date) => `已選日期：${date}`],
    [/^add icon$/, () => "加入"],
    [/^Help for (.+)$/, (_, what) => `說明：${what}`],
    [/^Press (?:(?:⌘|Ctrl)\+)?Enter to (?:apply|submit form)$/, () => "按輸入鍵套用"],
    [/^Error: (.+)$/, (_, what) => `錯誤：${translated(what)}`],
    [/^File must be (.+) or smaller\.$/, (_, size) => `檔案上限為 ${size}`],
    [/^Page (\d+)$/, (_, page) => `第 ${page} 頁`],
    [/^(\d+) options? available\.$/, (_, count) => `有 ${count} 個選項。`],
    [/^View (\d+) more$/, (_, count) => `再顯示 ${count} 項`],
  ];
  const ATTRIBUTES = ["aria-label", "placeholder", "title", "data-tooltip"];
  // Never looked into: drawings hold thousands of nodes and no text of Streamlit's.
  const OPAQUE = new Set(["svg", "canvas", "SCRIPT", "STYLE", "TEXTAREA"]);

  function translated(text) {
    const trimmed = text.trim();
    if (!/[A-Za-z]/.test(trimmed)) return text;
    const exact = EXACT.get(trimmed);
    if (exact) return text.replace(trimmed, exact);
    for (const [pattern, words] of PATTERNS) {
      if (pattern.test(trimmed)) return trimmed.replace(pattern, words);
    }
    return text;
  }

  function translateText(node) {
    const words = translated(node.data);
    if (words !== node.data) node.data = words;
  }

  function translateAttributes(element) {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const words = value && translated(value);
      if (words && words !== value) element.setAttribute(name, words);
    }
  }

  function translateTree(node) {
    if (node.nodeType === Node.TEXT_NODE) return translateText(node);
    if (node.nodeType !== Node.ELEMENT_NODE || OPAQUE.has(node.tagName)) return;
    translateAttributes(node);
    for (const child of node.childNodes) translateTree(child);
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translateTree);
      else if (change.type === "characterData") translateText(change.target);
      else translateAttributes(change.target);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
  translateTree(document.documentElement);
})();
