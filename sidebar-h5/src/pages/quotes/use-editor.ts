import { onScopeDispose, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import type { QuoteDraft, QuoteView } from '../../../../domain/quote/quote.contract.js'
import { asFailed, Failed } from '../../failed.js'
import { followLive } from '../../live.js'
import { newRequestId } from '../../request-id.js'
import { forget, type Kept, keep, readKept } from './keep-draft.js'
import { getQuote, saveDraft } from './quotes-api.js'

/** typing: not sent yet · saving · saved · away: kept here until there is a connection · refused: the server says no. */
export type Saving = 'typing' | 'saving' | 'saved' | 'away' | 'refused'

export type Editor = {
  view: ShallowRef<QuoteView | null>
  draft: Ref<QuoteDraft | null>
  failed: ShallowRef<Failed | null>
  saving: Ref<Saving>
  /** Why it is away or refused, in words. */
  trouble: Ref<string | null>
  /** Somebody, or this person on another device, wrote meanwhile: one of the two has to be chosen. */
  conflict: Ref<boolean>
  /** Nothing is looked at while it is being thrown away: there would be nothing to see. */
  quiet: Ref<boolean>
  open: () => Promise<void>
  /** Waits until the server has what stands here; throws what keeps it from that. Tells which rev that is. */
  flush: () => Promise<number>
  takeTheirs: () => Promise<void>
  keepMine: () => Promise<void>
  /** It was sent, or dropped: nothing is kept here any more. */
  end: () => void
}

const PAUSE_MS = 500
const AGAIN_MS = 5_000

/** A draft that saves itself: at once on this device, half a second later on the server. */
export function useEditor(id: string): Editor {
  const view = shallowRef<QuoteView | null>(null)
  const draft = ref<QuoteDraft | null>(null)
  const failed = shallowRef<Failed | null>(null)
  const saving = ref<Saving>('saved')
  const trouble = ref<string | null>(null)
  const conflict = ref(false)
  const quiet = ref(false)
  let rev = 0
  /** What the server has, as words. */
  let held = ''
  // The same words on the same rev are one wish, however often they are sent: an answer that was lost is given again.
  let sent = { words: '', rev: 0, requestId: '' }
  let onItsWay: Kept['sent'] = null
  /** What this page left behind when it was closed, or sent without hearing of it. */
  let left: Kept | null = null
  let running: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false

  function adopt(fresh: QuoteView, mine: QuoteDraft | null = null) {
    view.value = fresh
    rev = fresh.draftRev
    held = JSON.stringify(fresh.draft)
    conflict.value = false
    draft.value = mine ?? (fresh.draft && structuredClone(fresh.draft))
  }

  async function open() {
    failed.value = null
    try {
      const fresh = await getQuote(id)
      const kept = readKept(id)
      const differs = kept !== null && JSON.stringify(kept.draft) !== JSON.stringify(fresh.draft)
      if (!fresh.draft || !kept || !differs) {
        forget(id)
        return adopt(fresh)
      }
      adopt(fresh, kept.draft)
      left = kept
      if (kept.rev !== fresh.draftRev) conflict.value = !(await takeUp())
    } catch (thrown) {
      failed.value = asFailed(thrown)
    }
  }

  /** What was on its way when the page was closed, or the line cut, may have arrived: asked again under its own id, it is answered as the first time. */
  async function takeUp(): Promise<boolean> {
    if (!left?.sent) return false
    const { rev: from, sent: was } = left
    left = null
    const answer = await saveDraft(id, { ...was, rev: from }).catch(() => null)
    if (answer?.draftRev !== from + 1) return false
    adopt(answer, draft.value)
    return true
  }

  async function run() {
    while (draft.value && !conflict.value) {
      const words = JSON.stringify(draft.value)
      if (words === held) {
        saving.value = 'saved'
        trouble.value = null
        return forget(id)
      }
      saving.value = 'saving'
      if (sent.words !== words || sent.rev !== rev) sent = { words, rev, requestId: newRequestId() }
      onItsWay = { requestId: sent.requestId, draft: JSON.parse(words) }
      keep(id, { rev, draft: onItsWay.draft, sent: onItsWay })
      const answer = await saveDraft(id, { ...onItsWay, rev })
      onItsWay = null
      left = null
      // The answer is how it stands now: another hand may have been quicker than our look at it.
      if (answer.draftRev > rev + 1) conflict.value = true
      held = words
      rev += 1
      view.value = answer
    }
  }

  function save(): Promise<void> {
    clearTimeout(timer)
    running ??= run().finally(() => {
      running = null
    })
    return running
  }

  /** Somebody was quicker. Where that was this page, before it was closed and opened again, there is nothing to ask: true. */
  async function settle(): Promise<boolean> {
    onItsWay = null
    if (await takeUp()) return true
    const fresh = await getQuote(id).catch(() => null)
    if (fresh && JSON.stringify(fresh.draft) === JSON.stringify(draft.value)) {
      forget(id)
      adopt(fresh)
      saving.value = 'saved'
      trouble.value = null
      return true
    }
    conflict.value = true
    return false
  }

  function onFailed(thrown: unknown) {
    const why = asFailed(thrown)
    trouble.value = why.words
    if (why.code === 'stale') {
      void settle().then((settled) => {
        if (settled) void save().catch(onFailed)
      })
      return
    }
    // It may have arrived, and only its answer was lost.
    if (onItsWay) left = { rev, draft: onItsWay.draft, sent: onItsWay }
    saving.value = why.kind === 'refused' || why.kind === 'missing' ? 'refused' : 'away'
    if (saving.value === 'away') timer = setTimeout(() => void save().catch(onFailed), AGAIN_MS)
  }

  watch(
    draft,
    (now) => {
      if (!now || ended || JSON.stringify(now) === held) return
      keep(id, { rev, draft: now, sent: onItsWay })
      if (saving.value !== 'away') saving.value = 'typing'
      clearTimeout(timer)
      timer = setTimeout(() => void save().catch(onFailed), PAUSE_MS)
    },
    { deep: true },
  )

  async function flush(): Promise<number> {
    try {
      await save()
    } catch (thrown) {
      const isStale = asFailed(thrown).code === 'stale'
      if (isStale && (await settle())) await save()
      else if (!isStale) {
        onFailed(thrown)
        throw thrown
      }
    }
    if (conflict.value) throw new Failed('refused', '这份草稿在别处改过，先选一份')
    return rev
  }

  /** What others did: an approval was given, or the draft went on elsewhere while nothing was being written here. */
  async function look() {
    if (ended || quiet.value || running || conflict.value) return
    const fresh = await getQuote(id).catch(() => null)
    if (!fresh || ended || running || conflict.value) return
    const dirty = draft.value !== null && JSON.stringify(draft.value) !== held
    if (fresh.draftRev === rev) view.value = fresh
    else if (dirty) conflict.value = true
    else adopt(fresh)
  }

  const live = followLive([`quote:${id}`], () => void look())
  const online = () => void save().catch(onFailed)
  window.addEventListener('online', online)
  onScopeDispose(() => {
    // Whoever leaves half a second too early has still said it.
    if (!ended) void save().catch(() => undefined)
    ended = true
    clearTimeout(timer)
    live.stop()
    window.removeEventListener('online', online)
  })

  return {
    ...{ view, draft, failed, saving, trouble, conflict, quiet, open, flush },
    async takeTheirs() {
      const fresh = await getQuote(id)
      forget(id)
      adopt(fresh)
      saving.value = 'saved'
    },
    async keepMine() {
      const mine = draft.value
      const fresh = await getQuote(id)
      if (!mine || !fresh.draft) return adopt(fresh)
      adopt(fresh, mine)
      await save().catch(onFailed)
    },
    end() {
      ended = true
      clearTimeout(timer)
      forget(id)
    },
  }
}
