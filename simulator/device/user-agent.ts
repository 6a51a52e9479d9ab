/** A WeCom 4.1 desktop client [D 90315]: `@wecom/jssdk` reads `wxwork/…` once, when it loads. */
export const USER_AGENT =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 wxwork/4.1.36 MicroMessenger/7.0.1 Language/zh ColorScheme/Light'
