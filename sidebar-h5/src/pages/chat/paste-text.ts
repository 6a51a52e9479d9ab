/** The contract's own limit, so that a long paste is told of before it is sent. */
export const PASTE_LIMIT = 8000

/**
 * Is the clipboard a piece of chat, which may be taken over without a look? A link, a code or a password must not land
 * among the customer's words just because it was copied last: those go into the field first.
 */
export function looksLikeChat(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed.length < 2 || trimmed.length > PASTE_LIMIT) return false
  if (/^\S+:\/\/\S+$/.test(trimmed)) return false
  return (trimmed.match(/[\u4e00-\u9fff]/g)?.length ?? 0) >= 2
}
