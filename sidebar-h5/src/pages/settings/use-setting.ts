import { computed, onScopeDispose, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import type { Difference, DryRun, Problem, Standing } from '../../../../domain/reminders/settings/settings.contract.js'
import { showToast } from '../../components/toast.js'
import { asFailed, Failed, wordsOf } from '../../failed.js'
import { rebase } from '../../rebase.js'
import { newRequestId } from '../../request-id.js'
import type { Saving } from './settings-api.js'

const TYPING_MS = 300

type Version<D> = { version: number; by: string; at: string; changes: Difference[]; value: D | null }
type Seen = { problems: Problem[]; changes: Difference[] }
type Calls<P, D, V> = {
  load(): Promise<P>
  preview(draft: D): Promise<V>
  dryRun(draft: D): Promise<DryRun>
  save(body: Saving<D>): Promise<{ version: number; moved: number }>
  history(): Promise<{ versions: Version<D>[] }>
}

/**
 * A setting being changed: what is in force, the draft, and what the server says of the draft while it is typed (problems,
 * differences, how it looks). When somebody else saved meanwhile, the draft stays and their change is shown beside it.
 */
export function useSetting<P extends { standing: Standing; defaults: D }, D, V extends Seen>(
  calls: Calls<P, D, V>,
  draftOf: (page: P) => D,
) {
  const page = shallowRef(null) as ShallowRef<P | null>
  const draft = ref(null) as Ref<D | null>
  const seen = shallowRef(null) as ShallowRef<V | null>
  const versions = shallowRef([]) as ShallowRef<Version<D>[]>
  const failed = shallowRef<Failed | null>(null)
  const tried = shallowRef<DryRun | null>(null)
  const isStale = ref(false)
  const busy = ref<'saving' | 'trying' | null>(null)
  const refused = ref<string | null>(null)
  /** Who saved while we were typing, and what. */
  const theirs = shallowRef(null) as ShallowRef<Version<D> | null>
  let requestId = newRequestId()
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const plain = () => copyOf(draft.value as D)
  const stops = computed(() => seen.value?.problems.filter((one) => one.stops) ?? [])
  const changes = computed(() => seen.value?.changes ?? [])
  const history = computed(() => versions.value.map((one) => ({ ...one, isKept: one.value !== null })))
  const isDefault = computed(() => JSON.stringify(draft.value) === JSON.stringify(page.value?.defaults))
  const problemsAt = (at: string) => seen.value?.problems.filter((one) => one.at === at) ?? []

  async function open() {
    try {
      const [found, history] = await Promise.all([calls.load(), calls.history()])
      page.value = found
      versions.value = history.versions
      // A copy: what is in force must not change with what is typed.
      draft.value ??= copyOf(draftOf(found))
      failed.value = null
      await look()
    } catch (thrown) {
      failed.value = asFailed(thrown)
    }
  }

  async function look() {
    const mine = ++asked
    try {
      const found = await calls.preview(plain())
      if (mine === asked) seen.value = found
    } catch (thrown) {
      if (mine === asked) refused.value = wordsOf(thrown)
    }
  }

  watch(
    draft,
    (now, before) => {
      clearTimeout(timer)
      // What was saved is read anew: until it is here there is nothing to look at.
      if (before === null || now === null) return
      isStale.value = true
      refused.value = null
      requestId = newRequestId()
      timer = setTimeout(() => void look(), TYPING_MS)
    },
    { deep: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  async function rehearse() {
    if (busy.value) return
    busy.value = 'trying'
    refused.value = null
    try {
      isStale.value = false
      tried.value = await calls.dryRun(plain())
    } catch (thrown) {
      refused.value = wordsOf(thrown)
    } finally {
      busy.value = null
    }
  }

  async function save() {
    if (busy.value || !page.value) return
    busy.value = 'saving'
    refused.value = null
    const mine = plain()
    try {
      const { moved } = await calls.save({ requestId, expected: page.value.standing.version, value: mine })
      theirs.value = null
      tried.value = null
      showToast(moved > 0 ? `已保存，${moved} 条进行中的提醒也按新规则走` : '已保存，马上生效')
      draft.value = null
      await open()
    } catch (thrown) {
      refused.value = wordsOf(thrown)
      if (thrown instanceof Failed && thrown.code === 'changed-meanwhile') await seeTheirs()
    } finally {
      busy.value = null
    }
  }

  async function seeTheirs() {
    requestId = newRequestId()
    const base = page.value && draftOf(page.value)
    await open()
    if (base && page.value) {
      set(rebase(base, draftOf(page.value), plain()))
      await look()
    }
    theirs.value = versions.value[0] ?? null
    refused.value = null
  }

  function set(value: D) {
    draft.value = copyOf(value)
  }
  /** An older version as a draft: it counts once it is saved. */
  function restore(version: number) {
    const found = versions.value.find((one) => one.version === version)
    if (!found?.value) return
    set(found.value)
    showToast(`第 ${version} 版已填好，看一眼再保存`)
  }
  function giveUp() {
    if (page.value) set(draftOf(page.value))
    theirs.value = null
  }

  void open()
  return {
    page,
    draft,
    seen,
    history,
    isDefault,
    failed,
    tried,
    isStale,
    busy,
    refused,
    theirs,
    stops,
    changes,
    problemsAt,
    open,
    rehearse,
    save,
    set,
    restore,
    giveUp,
  }
}

const copyOf = <T>(value: T) => JSON.parse(JSON.stringify(value)) as T
