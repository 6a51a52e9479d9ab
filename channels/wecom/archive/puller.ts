import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { TryLater } from '../../../lib/errors.js'
import type { Log } from '../../../lib/log.js'
import { ChannelError } from '../../channel-error.js'
import type { ArchiveSettings, FromChild, ToChild } from './messages.js'
import type { ArchivePull } from './pull.js'

export type Archive = {
  /**
   * What follows `seq`, at most a batch. One pull at a time: calls wait for each other. Throws ChannelError for what the
   * platform or the SDK refused, TryLater when the child was lost; the next pull starts another.
   */
  pull(seq: number): Promise<ArchivePull>
  stop(): Promise<void>
}

const batch = 200
/** The SDK is native code: what it blocks hears no goodbye. */
const goodbyeMs = 2_000
/** Above the SDK's own limit, so that it is the child that hangs, not the network. */
const deadlineMs = 40_000

export function createArchive(deps: { settings: ArchiveSettings; log: Log; deadlineMs?: number }): Archive {
  let child: ChildProcess | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let stopped = false

  function start(): ChildProcess {
    const started = forkChild()
    started.once('exit', (code, signal) => {
      if (child === started) child = null
      if (!stopped) deps.log.warn({ code, signal }, 'archive child left')
    })
    // A child that can't be spoken to leaves by `exit`; this only keeps the event from being thrown.
    started.on('error', (error) => deps.log.warn({ error: error.message }, 'archive child'))
    tell(started, { kind: 'open', settings: deps.settings })
    return started
  }

  async function pullNow(seq: number): Promise<ArchivePull> {
    if (stopped) throw new TryLater('the archive is closed')
    child ??= start()
    const reply = await ask(child, { kind: 'pull', seq, limit: batch }, deps.deadlineMs ?? deadlineMs)
    if ('failure' in reply) throw new ChannelError(reply.failure)
    return reply.pull
  }

  return {
    pull(seq) {
      const turn = queue.then(() => pullNow(seq))
      queue = turn.catch(() => {})
      return turn
    },
    async stop() {
      stopped = true
      const last = child
      if (!last) return
      const left = new Promise((resolve) => last.once('exit', resolve))
      const late = setTimeout(() => last.kill('SIGKILL'), goodbyeMs)
      if (last.connected) last.disconnect()
      else last.kill('SIGKILL')
      await left
      clearTimeout(late)
    },
  }
}

/** As source a .ts file that needs tsx, when built a .js file that needs nothing. */
function forkChild(): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(isSource ? './child.ts' : './child.js', import.meta.url))
  return fork(file, [], { execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [], serialization: 'advanced' })
}

function tell(child: ChildProcess, message: ToChild): void {
  child.send(message, () => {})
}

/** A child that takes too long is ended; either way the call fails only once the child is gone. */
function ask(child: ChildProcess, message: ToChild, limitMs: number): Promise<FromChild> {
  return new Promise((resolve, reject) => {
    let why = 'the archive child was lost'
    const timer = setTimeout(() => {
      why = 'the archive child did not answer'
      child.kill('SIGKILL')
    }, limitMs)
    const onMessage = (reply: FromChild) => {
      clearTimeout(timer)
      child.off('exit', onExit)
      resolve(reply)
    }
    const onExit = () => {
      clearTimeout(timer)
      child.off('message', onMessage)
      reject(new TryLater(why))
    }
    child.once('message', onMessage)
    child.once('exit', onExit)
    tell(child, message)
  })
}
