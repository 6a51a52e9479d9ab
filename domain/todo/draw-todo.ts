import type { Reader } from '../../lib/db.js'

/** What a platform's own list of things to do says of it, while it is open and theirs. */
export type Drawn = { subject: string; desc: string; page: string; due: Date | null }
/** `done`: ticked off there; `gone`: taken out, it was never to be done, or somebody else holds it now. */
export type Over = { over: 'done' | 'gone' }

/** What people call what is asked of them. */
const purposes: Record<string, string> = { confirm: '确认', assess: '影响评估' }

/** 「task:<id>」 or 「ask:<id>」, for one person, as it is now. */
export async function drawTodo(db: Reader, { subject, personId }: { subject: string; personId: string }): Promise<Drawn | Over> {
  const [kind, id = ''] = subject.split(':')
  const reminder = await db.reminder.findFirst({ where: { subject, state: 'open' }, select: { id: true, personId: true } })
  const isTheirs = reminder?.personId === personId
  return kind === 'task' ? drawTask(db, id, reminder && isTheirs ? reminder.id : null) : drawAsk(db, id, isTheirs)
}

async function drawTask(db: Reader, id: string, reminderId: string | null): Promise<Drawn | Over> {
  const task = await db.task.findUnique({
    where: { id },
    select: { text: true, at: true, doneAt: true, contact: { select: { name: true, customer: { select: { name: true } } } } },
  })
  if (task?.doneAt) return { over: 'done' }
  if (!task || !reminderId) return { over: 'gone' }
  const customer = [task.contact?.customer?.name, task.contact?.name].filter(Boolean).join(' · ')
  return { subject: task.text, desc: customer, page: `/h5/reminder/${reminderId}`, due: task.at }
}

async function drawAsk(db: Reader, id: string, isTheirs: boolean): Promise<Drawn | Over> {
  const ask = await db.ask.findUnique({
    where: { id },
    select: {
      purpose: true,
      answeredAt: true,
      closedAt: true,
      change: {
        select: { capturedBy: { select: { name: true } }, requirement: { select: { customer: { select: { name: true } } } } },
      },
    },
  })
  if (ask?.answeredAt) return { over: 'done' }
  if (!ask || ask.closedAt || !isTheirs) return { over: 'gone' }
  const { requirement, capturedBy } = ask.change
  const what = purposes[ask.purpose] ?? '答复'
  return { subject: `${requirement.customer.name}在等${what}`, desc: `${capturedBy.name}在等`, page: `/h5/ask/${id}`, due: null }
}
