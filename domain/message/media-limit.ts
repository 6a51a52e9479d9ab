/** What is larger is looked at in WeCom: it would have to pass through memory and database whole. WeCom's own files end at 100 MB, voice at 2. */
export const MOST_BYTES = 20 * 1024 * 1024

export const TOO_LARGE = '文件超过 20 MB，请在企业微信的聊天里看'
