import type { Subject } from './subject.js'

/**
 * What one look came to. `ok` is well, or left out on purpose; `broken` must be mended; `look` is what this machine can't
 * know, or can't know yet. `words` say what is so, `mend` the one step and the console page: natural Chinese, never a secret.
 */
export type Finding = { state: 'ok' | 'broken' | 'look'; words: string; mend?: string }

/** One file a check. It never writes anything and never says anything to anybody. */
export type Check = { name: string; title: string; run(subject: Subject): Promise<Finding | Finding[]> }

export const ok = (words: string): Finding => ({ state: 'ok', words })
export const broken = (words: string, mend: string): Finding => ({ state: 'broken', words, mend })
export const look = (words: string, mend?: string): Finding => ({ state: 'look', words, ...(mend ? { mend } : {}) })

/** Where the app's own page is in the console (work.weixin.qq.com). */
export const appPage = '管理后台「应用管理 → 自建 → 应用详情」'
/** 客户联系, in the console's newer layout. */
export const contactPage = '管理后台「客户与上下游 → 客户联系」'
export const archivePage = '管理后台「管理工具 → 聊天内容存档」'

/** 「王磊、陈静 等 5 人」. */
export function nameSome(names: string[], most = 5): string {
  return names.length <= most ? names.join('、') : `${names.slice(0, most).join('、')} 等 ${names.length} 人`
}
