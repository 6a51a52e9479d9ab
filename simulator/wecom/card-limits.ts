import { z } from 'zod'
import type { TemplateCard } from '../state/messages.js'

/**
 * Field limits of template cards [D 90236, D 94888] with the codes of [D 90313]. The page names codes by field; where it
 * names a range only (list lengths: 42035/36/37/42/47) the order of the fields on the page decides. Lengths that the page
 * merely recommends (「建议不超过」) are no errors.
 */
type Fault = { errcode: number; errmsg: string }
const fault = (errcode: number, errmsg: string): Fault => ({ errcode, errmsg })
const bytes = (text: string) => Buffer.byteLength(text)

const words = z.string().catch('')
const kind = z.coerce.number().int().catch(0)
const option = z.object({ id: words, text: words })
const link = z.object({ type: kind, url: words, appid: words })
const maybe = <T extends z.ZodType>(part: T) => part.optional().catch(undefined)
const list = <T extends z.ZodType>(item: T) => z.array(item).catch([])

/** Reads what the limits look at and nothing else; a missing or wrong field reads as empty. */
const shape = z.object({
  card_type: words,
  task_id: words,
  action_menu: maybe(z.object({ action_list: list(z.object({ text: words, key: words })) })),
  main_title: z.object({ title: words }).catch({ title: '' }),
  sub_title_text: words,
  horizontal_content_list: list(z.object({ type: kind, keyname: words, url: words, media_id: words, userid: words })),
  vertical_content_list: list(z.object({ title: words })),
  jump_list: list(z.object({ type: kind, title: words, url: words, appid: words })),
  card_action: maybe(link),
  quote_area: maybe(link),
  card_image: maybe(z.object({ url: words })),
  image_text_area: maybe(z.object({ image_url: words })),
  button_selection: maybe(z.object({ question_key: words, option_list: list(option) })),
  button_list: list(z.object({ type: kind, text: words, key: words, url: words })),
  checkbox: maybe(z.object({ question_key: words, option_list: list(option) })),
  select_list: list(z.object({ question_key: words, option_list: list(option) })),
  submit_button: z.object({ text: words, key: words }).catch({ text: '', key: '' }),
})
type Shape = z.infer<typeof shape>

const INTERACTIVE = ['button_interaction', 'vote_interaction', 'multiple_interaction']
const NOTICES = ['text_notice', 'news_notice']

/** Cards that can be pressed, and so changed: they bring a response_code. */
export function isInteractive(card: TemplateCard): boolean {
  return INTERACTIVE.includes(card.card_type) || card.action_menu !== undefined
}

/** The first limit that the card breaks, or null. A card that replaces another needs no task_id. */
export function checkCard(given: TemplateCard, use: 'send' | 'update'): Fault | null {
  const card = shape.parse(given)
  return checkKind(card) ?? (use === 'send' ? checkTask(card) : null) ?? checkCommon(card) ?? checkLinks(card) ?? checkParts(card)
}

function checkKind(card: Shape): Fault | null {
  return [...NOTICES, ...INTERACTIVE].includes(card.card_type) ? null : fault(42031, 'invalid template_card card_type')
}

function checkTask(card: Shape): Fault | null {
  const required = INTERACTIVE.includes(card.card_type) || card.action_menu !== undefined
  if (!card.task_id) return required ? fault(42014, 'task_id missing') : null
  return /^[\w@-]+$/.test(card.task_id) && bytes(card.task_id) <= 128 ? null : fault(42014, 'invalid task_id')
}

function checkCommon(card: Shape): Fault | null {
  if (card.card_type === 'text_notice' && !card.main_title.title && !card.sub_title_text)
    return fault(42033, 'main_title.title and sub_title_text both empty')
  if (card.card_type !== 'text_notice' && !card.main_title.title) return fault(42033, 'main_title.title missing')
  if (card.horizontal_content_list.length > 6) return fault(42035, 'horizontal_content_list over 6')
  if (card.vertical_content_list.length > 4) return fault(42035, 'vertical_content_list over 4')
  if (card.jump_list.length > 3) return fault(42036, 'jump_list over 3')
  if (card.horizontal_content_list.some((row) => !row.keyname)) return fault(42027, 'horizontal_content_list keyname missing')
  if ([...card.vertical_content_list, ...card.jump_list].some((row) => !row.title)) return fault(42033, 'list title missing')
  const actions = card.action_menu?.action_list
  if (!actions) return null
  if (actions.length < 1 || actions.length > 3) return fault(42037, 'action_menu.action_list not 1 to 3')
  return checkButtons(actions)
}

function checkLinks(card: Shape): Fault | null {
  if (NOTICES.includes(card.card_type) && !card.card_action?.type) return fault(42045, 'card_action missing')
  const links = [card.card_action, card.quote_area, ...card.jump_list]
  if (links.some((l) => l?.type === 1 && !l.url)) return fault(42028, 'url missing')
  if (links.some((l) => l?.type === 2 && !l.appid)) return fault(42030, 'appid missing')
  const rows = card.horizontal_content_list
  if (rows.some((r) => r.type === 1 && !r.url)) return fault(42028, 'url missing')
  if (rows.some((r) => r.type === 2 && !r.media_id)) return fault(42029, 'media_id missing')
  if (rows.some((r) => r.type === 3 && !r.userid)) return fault(42050, 'userid missing')
  if (card.card_type === 'news_notice' && !card.card_image?.url && !card.image_text_area?.image_url)
    return fault(42044, 'card_image and image_text_area both missing')
  return null
}

function checkParts(card: Shape): Fault | null {
  if (card.card_type === 'button_interaction') {
    if (card.button_list.length < 1 || card.button_list.length > 6) return fault(42037, 'button_list not 1 to 6')
    if (card.button_list.some((b) => b.type === 1 && !b.url)) return fault(42028, 'button url missing')
    const questions = card.button_selection ? [card.button_selection] : []
    return checkButtons(card.button_list.filter((b) => b.type !== 1)) ?? checkQuestions(questions, 10)
  }
  if (card.card_type === 'vote_interaction')
    return checkQuestions(card.checkbox ? [card.checkbox] : [EMPTY], 20) ?? checkSubmit(card)
  if (card.card_type === 'multiple_interaction') {
    if (card.select_list.length < 1 || card.select_list.length > 3) return fault(42047, 'select_list not 1 to 3')
    return checkQuestions(card.select_list, 10) ?? checkSubmit(card)
  }
  return null
}

const EMPTY = { question_key: '', option_list: [] }

function checkButtons(buttons: { text: string; key: string }[]): Fault | null {
  if (buttons.some((b) => !b.text)) return fault(42038, 'button text missing')
  if (buttons.some((b) => !b.key || bytes(b.key) > 1024)) return fault(42039, 'button key missing or over 1024 bytes')
  return new Set(buttons.map((b) => b.key)).size === buttons.length ? null : fault(42051, 'duplicate key')
}

function checkQuestions(
  questions: { question_key: string; option_list: z.infer<typeof option>[] }[],
  most: number,
): Fault | null {
  for (const { question_key, option_list } of questions) {
    if (!question_key || bytes(question_key) > 1024) return fault(42043, 'question_key missing or over 1024 bytes')
    if (option_list.length < 1 || option_list.length > most) return fault(42042, `option_list not 1 to ${most}`)
    if (option_list.some((o) => !o.id || bytes(o.id) > 128)) return fault(42040, 'option id missing or over 128 bytes')
    if (option_list.some((o) => !o.text)) return fault(42041, 'option text missing')
  }
  return null
}

function checkSubmit(card: Shape): Fault | null {
  if (!card.submit_button.text) return fault(42046, 'submit_button text missing')
  return card.submit_button.key && bytes(card.submit_button.key) <= 1024 ? null : fault(42049, 'submit_button key missing')
}
