/** Where a page was opened from. WeCom: https://developer.work.weixin.qq.com/document/path/94313 (getContext). */
export type Entry = 'contact' | 'group' | 'none'

/** A voice that is being recorded. `stop` gives what was said; `cancel` throws it away. Either lets go of the microphone. */
export type Recording = { stop(): Promise<Blob>; cancel(): void }

/** A card in a chat that leads to a page: all four are required, and `imgUrl` is fetched by the client, without our session. */
export type News = { link: string; title: string; desc: string; imgUrl: string }

/** What the app around the page can do for it. One file a host; nothing else in the pages knows which one it is. */
export type Host = {
  name: 'wecom' | 'dingtalk' | 'browser'
  /** Is there a customer, or a group, beside this page? */
  entry(): Promise<Entry>
  /** The platform's id of the customer whose chat stands beside the page. */
  currentExternalContact(): Promise<string | null>
  currentChat(): Promise<string | null>
  /** The text in the clipboard; null when it can't be read here (then the page shows a field to paste into). */
  clipboard(): Promise<string | null>
  copy(text: string): Promise<void>
  /** Puts words into the chat beside the page; null where there is none. */
  putIntoChat: ((text: string) => Promise<void>) | null
  /** As putIntoChat, a card. The customer sees it as soon as it is resolved. */
  putNewsIntoChat: ((news: News) => Promise<void>) | null
  /** Asks for the microphone and begins; throws Failed where it isn't given. Null where this webview can't record. */
  record: (() => Promise<Recording>) | null
  /** Closes the page; null where a page can't close itself. */
  close: (() => void) | null
}
