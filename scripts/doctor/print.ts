import type { Line } from './run-checks.js'

const signs = { ok: '✓', broken: '✗', look: '?' }
const colours = { ok: '32', broken: '31', look: '33' }

/** 「✗ 企业可信IP  …」, and under it the one step that mends it. */
export function lineText({ state, title, words, mend }: Line, isTty: boolean): string {
  const sign = isTty ? `\x1b[${colours[state]}m${signs[state]}\x1b[0m` : signs[state]
  return `${sign} ${title}：${words}${mend ? `\n    → ${mend}` : ''}`
}

export function summaryText(lines: Line[]): string {
  const count = (state: Line['state']) => lines.filter((line) => line.state === state).length
  const [broken, looks] = [count('broken'), count('look')]
  const well = `${count('ok')} 项没有问题`
  const rest = looks > 0 ? `，${looks} 项要人看一眼` : ''
  if (broken === 0) return `${well}${rest}。侧边栏里的部分请在手机上打开：侧边栏 → 自检（/h5/check）`
  return `${well}${rest}，${broken} 项要修：从上往下修，修好一项再运行一次`
}

/** For other programs: everything that was printed, and what the exit code says. */
export const asJson = (lines: Line[]) => ({
  ok: !lines.some((line) => line.state === 'broken'),
  broken: lines.filter((line) => line.state === 'broken').length,
  look: lines.filter((line) => line.state === 'look').length,
  checks: lines,
})
