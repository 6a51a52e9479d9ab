/** `text` null: a call. */
export type Said = { at: Date; text: string | null }

/** Words that end a talk: whoever says them waits for nothing. */
const CLOSING =
  /^(?:好|[嗯哦噢谢拜那先]|[的嘞哒呀啊吧哈了您你啦]|行|可以|收到|多谢|感谢|ok|没问题|没事|知道|明白|了解|辛苦|麻烦[您你]|不用|不客气|再见|再联系|这样|就这样|回头(?:联系|聊|说)|有(?:需要|事)|到时候?(?:联系|说)|联系|\[[^[\]]{1,6}\]|\uFE0F|\u200D|(?![[\]])[\p{P}\p{S}\s])+$/iu

/** 「稍等，我问一下」: something is still to come from us, whatever else was said. */
const PROMISED =
  /稍等|等[我下]|等一下|(?:我|这边|我们)(?:先|再|马上|去|来|帮[您你])*(?:问|查|看|核实|核对|确认|算|了解|请示|申请|汇报|沟通|催)(?:一?下|看|个)|(?:晚点|稍后|回头|明天|下午|一会儿?|尽快|马上|今天|待会儿?)(?:就|再|给|把|我)*(?:给[您你]|回复?[您你]|答复|发[您你给]|告诉)/

/**
 * Whether the next word is ours: what they said last was not answered and doesn't end the talk, or we said that we would come
 * back and have not. Their 「好的」 to our 「我问一下」 leaves it with us.
 */
export function isOurTurn(theirs: Said | null, ours: Said | null): boolean {
  if (ours?.text && PROMISED.test(ours.text)) return true
  if (!theirs || (ours && ours.at >= theirs.at)) return false
  return theirs.text === null || !(CLOSING.test(theirs.text) && !/[?？]/.test(theirs.text))
}
