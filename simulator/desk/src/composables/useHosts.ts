import { ref } from 'vue'
import { deskHost, originOf } from '../words/hosts.js'

/**
 * Does this browser send `*.bulou.localhost` to this machine? Chromium and Firefox do by themselves; elsewhere it takes a line in
 * the hosts file. An opaque answer is enough: it got there.
 */
export function useHosts() {
  const trouble = ref(false)
  const checking = ref(false)

  async function reaches(userid: string) {
    try {
      await fetch(`${originOf(userid, location.port)}/__device/bridge.js`, { mode: 'no-cors', cache: 'no-store' })
      return true
    } catch {
      return false
    }
  }

  /** The desk itself belongs on its own host: elsewhere the sidebar would be a third party and lose its login. */
  async function check(userid: string) {
    checking.value = true
    const found = await reaches(userid)
    checking.value = false
    trouble.value = !found
    if (found && location.hostname !== deskHost) location.replace(`${originOf('desk', location.port)}/${location.hash}`)
  }
  return { trouble, checking, check }
}
