import { ChannelError } from '../../channels/channel-error.js'
import { createTodo, deleteTodo, finishTodo } from '../../channels/dingtalk/todo.js'
import { getUser } from '../../channels/dingtalk/user.js'
import { whySaved } from '../../domain/budget/find-thrifty.js'
import { noteQuotaEnd } from '../../domain/budget/note-quota-end.js'
import { later } from '../../domain/outbox.js'
import { drawTodo } from '../../domain/todo/draw-todo.js'
import type { Work } from '../../domain/work.js'
import { type Done, defineEffect, done, type EffectDeps, type Skipped, skip } from '../define.js'
import { getMember } from '../find-member.js'

const DAY_MS = 24 * 3_600_000

type Outcome = { taskId: string } | { over: 'done' | 'gone' } | { usedUp: string }

/**
 * Puts what waits for somebody into their list of things to do in DingTalk, or takes it off when it is over: whichever is so
 * when it leaves. Died in between: again under the same key, which finds what is there; ticking off twice is once.
 */
export default defineEffect({
  name: 'set-todo',
  ifUnknown: 'repeat',
  async run(deps, { todoId }): Promise<Skipped | Done<Outcome>> {
    const { db, dingtalk } = deps
    const todo = await db.platformTodo.findUnique({ where: { id: todoId } })
    if (!todo || todo.doneAt) return skip('it is over')
    if (!dingtalk) return skip('DingTalk is not connected any more')
    const drawn = await drawTodo(db, todo)
    try {
      if ('over' in drawn) {
        if (!todo.handle) return done(drawn)
        const there = { unionid: await unionidOf(deps, todo.personId), taskId: todo.handle }
        await (drawn.over === 'done' ? finishTodo(dingtalk, there) : deleteTodo(dingtalk, there)).catch(unlessGone)
        return done(drawn)
      }
      if (todo.handle) return skip('it is in the list')
      const short = await whySaved(db, 'todo')
      if (short) return skip(short)
      const unionid = await unionidOf(deps, todo.personId)
      return done(await createTodo(dingtalk, { unionid, key: todoId, ...drawn }))
    } catch (error) {
      if (!(error instanceof ChannelError) || error.kind !== 'quota') throw error
      return done({ usedUp: error.hint })
    }
  },
  async keep(work, { todoId }, outcome) {
    if ('usedUp' in outcome) {
      await noteQuotaEnd(work, { platform: 'dingtalk', what: 'call', words: outcome.usedUp })
      return setTomorrow(work, todoId)
    }
    const isOver = 'over' in outcome
    await work.tx.platformTodo.updateMany({
      where: { id: todoId },
      data: isOver ? { handle: null, doneAt: work.now } : { handle: outcome.taskId },
    })
  },
})

async function setTomorrow(work: Work, todoId: string): Promise<void> {
  const todo = await work.tx.platformTodo.findUnique({ where: { id: todoId }, select: { personId: true } })
  if (!todo) return
  const notBefore = new Date(work.now.getTime() + DAY_MS)
  const key = `set-todo:${todoId}:${notBefore.toISOString()}`
  await later(work, { kind: 'set-todo', key, lane: `todo:${todo.personId}`, payload: { todoId }, notBefore, priority: -1 })
}

/** Taken out of the list by its person: it is what we want. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ChannelError) || error.kind !== 'give-up') throw error
}

async function unionidOf({ db, dingtalk }: EffectDeps, personId: string): Promise<string> {
  const known = await db.identity.findFirst({
    where: { personId, platform: 'dingtalk', kind: 'unionid' },
    select: { value: true },
  })
  if (known) return known.value
  const user = dingtalk && (await getUser(dingtalk, await getMember(db, personId, 'dingtalk')))
  return user?.unionid ?? ''
}
