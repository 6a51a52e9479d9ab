/** In which app a page was opened, by what its webview calls itself. It decides what is shown, never what is allowed. */
export const isDingtalk = (userAgent: string): boolean => /DingTalk/i.test(userAgent)

/** Neither of the apps: WeChat counts as WeCom's, which opens its pages too. */
export const isPlainBrowser = (userAgent: string): boolean => !/DingTalk|wxwork|MicroMessenger/i.test(userAgent)

/** The page that logs people in inside DingTalk, and tells everybody else which app to open. */
export const loginPage = (to: string): string => `/h5/login?to=${encodeURIComponent(to)}`
