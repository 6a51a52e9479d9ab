import { onScopeDispose, ref, shallowRef } from 'vue'
import { type CallView, LONGEST_VOICE_S } from '../../../../domain/call/call.contract.js'
import { showToast } from '../../components/toast.js'
import { wordsOf } from '../../failed.js'
import { getHost } from '../../host/get-host.js'
import type { Recording } from '../../host/host.js'
import { newRequestId } from '../../request-id.js'
import { dropVoice, sendVoice } from './calls-api.js'

type Said = { voice: Blob; seconds: number; requestId: string }

/**
 * A voice note, from the tap to the server: what was said is not lost to a bad line, it waits here to be sent again under
 * the same id. A minute ends it by itself.
 */
export function useVoice(callId: string, changed: (call: CallView) => void) {
  const can = ref(false)
  const state = ref<'idle' | 'opening' | 'recording' | 'sending' | 'unsent'>('idle')
  const seconds = ref(0)
  const said = shallowRef<Said | null>(null)
  let recording: Recording | null = null
  let ticks: ReturnType<typeof setInterval> | undefined
  let gone = false
  getHost().then(
    (host) => {
      can.value = host.record !== null
    },
    () => undefined,
  )

  function quiet() {
    clearInterval(ticks)
    recording = null
  }
  onScopeDispose(() => {
    gone = true
    recording?.cancel()
    quiet()
  })

  async function begin() {
    if (state.value !== 'idle') return
    state.value = 'opening'
    try {
      const opened = (await (await getHost()).record?.()) ?? null
      // The page was left while the person was asked for the microphone.
      if (gone) return opened?.cancel()
      recording = opened
    } catch (thrown) {
      state.value = 'idle'
      return showToast(wordsOf(thrown), 'bad')
    }
    if (!recording) {
      state.value = 'idle'
      return
    }
    state.value = 'recording'
    seconds.value = 0
    const began = performance.now()
    ticks = setInterval(() => {
      seconds.value = Math.floor((performance.now() - began) / 1_000)
      if (seconds.value >= LONGEST_VOICE_S) void end()
    }, 250)
  }

  function cancel() {
    recording?.cancel()
    quiet()
    state.value = 'idle'
  }

  async function end() {
    const mine = recording
    if (!mine) return
    quiet()
    state.value = 'sending'
    const voice = await mine.stop()
    said.value = { voice, seconds: Math.min(LONGEST_VOICE_S, Math.max(1, seconds.value)), requestId: newRequestId() }
    await send()
  }

  async function send() {
    if (!said.value) return
    state.value = 'sending'
    try {
      changed(await sendVoice(callId, said.value))
      said.value = null
      state.value = 'idle'
    } catch (thrown) {
      state.value = 'unsent'
      showToast(wordsOf(thrown), 'bad')
    }
  }

  /** What is there already, or what could not be sent. */
  async function drop() {
    if (said.value) {
      said.value = null
      state.value = 'idle'
      return
    }
    try {
      changed(await dropVoice(callId))
    } catch (thrown) {
      showToast(wordsOf(thrown), 'bad')
    }
  }

  return { can, state, seconds, said, begin, cancel, end, send, drop }
}
