/** What one look came to; `mend` is the one step that helps, and where. */
export type Step = { title: string; state: 'ok' | 'bad' | 'look'; words: string; mend?: string }

export const ok = (title: string, words: string): Step => ({ title, state: 'ok', words })
export const bad = (title: string, words: string, mend: string): Step => ({ title, state: 'bad', words, mend })
export const look = (title: string, words: string, mend?: string): Step => ({
  title,
  state: 'look',
  words,
  ...(mend ? { mend } : {}),
})

const signs = { ok: '✓', bad: '✗', look: '?' }

/** For the administrator: what stands on the page, and on what. Ids of customers are not in it. */
export function reportText(steps: Step[], about: { url: string; userAgent: string; at: string }): string {
  const lines = steps.map(({ title, state, words, mend }) => `${signs[state]} ${title}：${words}${mend ? `\n    → ${mend}` : ''}`)
  return ['不漏 侧边栏自检', `${about.at}　${about.url}`, ...lines, about.userAgent].join('\n')
}
