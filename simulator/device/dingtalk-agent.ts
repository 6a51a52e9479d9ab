/** A DingTalk 7.6 client on an iPhone: its SDK looks for DingTalk, the system and `AliApp(…/version)`. */
export const DINGTALK_AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 AliApp(DingTalk/7.6.15) com.laiwang.DingTalk/41210511 Channel/201200 language/zh-Hans-CN UT4Aplus/0.0.6 WK'
