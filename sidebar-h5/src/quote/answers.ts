import { newRequestId } from '../request-id'
import { send } from './send'
import type { Signature } from './sign'

const THANKS: Record<string, string> = {
  accept: '确认好了，谢谢您',
  adjust: '收到，销售马上看到',
  ask: '收到，销售马上看到',
  decline: '收到，谢谢您告诉我们',
}
const KEPT = 'bulou-quote-thanks'

/** Opens the sheets, and sends what was written in them. One intention has one request id, however often it is tapped. */
export function setUpAnswers(token: string): void {
  sayThanks()
  for (const sheet of document.querySelectorAll('dialog')) setUpSheet(sheet, token)
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null
    const sheet = button?.value ? document.getElementById(button.value) : null
    if (sheet instanceof HTMLDialogElement) open(sheet)
    if (button?.value === 'close') button.closest('dialog')?.close()
    if (button?.value === 'again') void askAgain(button, token)
  })
}

function open(sheet: HTMLDialogElement): void {
  sheet.dataset.request ??= newRequestId()
  sheet.showModal()
}

function setUpSheet(sheet: HTMLDialogElement, token: string): void {
  const form = sheet.querySelector('form')
  if (!form) return
  const kind = form.dataset.kind ?? ''
  let signature: Signature | null = null
  const [sign, clear] = ['sign', 'clear'].map((value) => form.querySelector<HTMLButtonElement>(`button[value=${value}]`))
  // Whoever signs waits a moment for what draws; whoever types a number never loads it.
  sign?.addEventListener('click', async () => {
    const drawing = await import('./sign').catch(() => null)
    const pad = form.querySelector<HTMLElement>('.pad')
    if (!drawing || !pad) return complain(form, '签名板没有加载出来，留手机号也可以')
    complain(form, '')
    pad.hidden = false
    sign.hidden = true
    signature = drawing.startSignature(pad)
  })
  clear?.addEventListener('click', () => signature?.clear())
  // Whoever goes on writing, or has signed, has read what was wrong. Not while a finger is down: what it is on would move away.
  form.addEventListener('input', () => complain(form, ''))
  form.querySelector('canvas')?.addEventListener('pointerup', () => complain(form, ''))
  // A tap beside the sheet closes it.
  sheet.addEventListener('click', ({ target }) => target === sheet && sheet.close())

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = form.querySelector<HTMLButtonElement>('button.main')
    if (!button || button.disabled) return
    complain(form, '')
    const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]))
    const drawn = signature?.read() ?? null
    if (kind === 'accept' && !given.phone && !drawn) return complain(form, '请留下手机号，或者手写签个名')
    const contents = {
      accept: { name: given.name, phone: given.phone || null, signature: drawn },
      decline: { reason: given.reason, words: given.words || null },
      adjust: { words: given.words },
      ask: { words: given.words },
    }[kind]
    button.disabled = true
    const said = await send(`/q/${token}/answers`, { kind, requestId: sheet.dataset.request, ...contents })
    button.disabled = false
    if (!said.ok) return complain(form, said.words)
    try {
      sessionStorage.setItem(KEPT, THANKS[kind] ?? '')
    } catch {
      // Private mode of an old phone: then nothing is said twice.
    }
    location.reload()
  })
}

/** 请重新报价, where there is nothing to be read any more. */
async function askAgain(button: HTMLButtonElement, token: string): Promise<void> {
  button.dataset.request ??= newRequestId()
  button.disabled = true
  const said = await send(`/q/${token}/answers`, { kind: 'ask', requestId: button.dataset.request, words: '请重新报价' })
  if (said.ok) button.textContent = '已经告诉销售了，请稍等'
  else {
    button.disabled = false
    complain(button.closest('.card') ?? button, said.words)
  }
}

/** Says what went wrong where it went wrong; empty words take it away. */
export function complain(near: Element, words: string): void {
  const line = near.querySelector<HTMLElement>('.wrong')
  if (!line) return
  line.textContent = words
  line.hidden = words === ''
}

function sayThanks(): void {
  let words: string | null = null
  try {
    words = sessionStorage.getItem(KEPT)
    sessionStorage.removeItem(KEPT)
  } catch {
    return
  }
  if (!words) return
  const toast = Object.assign(document.createElement('p'), { className: 'toast', textContent: words })
  toast.setAttribute('role', 'status')
  document.body.append(toast)
  // A reload goes back to where the page was; what was answered stands elsewhere.
  history.scrollRestoration = 'manual'
  document.querySelector('[data-section=answer]')?.scrollIntoView({ block: 'center' })
  setTimeout(() => toast.remove(), 4_000)
}
