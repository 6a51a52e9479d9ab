/** Full addresses of paths of ours. */
export type Links = {
  /** The page itself. */
  page(path: string): string
  /** The page as DingTalk opens it: beside the chat on a computer, as any page on a phone. */
  panel(path: string): string
}

/** https://open.dingtalk.com/document/development/message-link-description */
export function pageLinks(publicUrl: string): Links {
  const page = (path: string) => new URL(path, publicUrl).href
  return {
    page,
    panel: (path) => `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(page(path))}&pc_slide=true`,
  }
}
