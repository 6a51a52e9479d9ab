import { ref } from 'vue'
import { originOf, placeOf } from '../words/hosts.js'

export const here = placeOf(location)

/**
 * Does this browser send `*.bulou.localhost` to this machine? Chromium and Firefox do by themselves; elsewhere it takes a line in
 * the hosts file. An opaque answer is enough: it got there.
 */
export function useHosts() {
  const trouble = ref(false)
  const checking = ref(false)

  const reaches = (url: string) =>
    fetch(url, { mode: 'no-cors', cache: 'no-store' }).then(
      () => true,
      () => false,
    )

  /** The desk itself belongs on its own host: elsewhere the sidebar would be a third party and lose its login. */
  async function check(userid: string) {
    checking.value = true
    const found = await reaches(`${originOf(userid, here)}/__device/bridge.js`)
    // When the desk's own host is silent too, the demo is down: that isn't the browser's doing.
    trouble.value = !found && (await reaches('/__standin/state'))
    checking.value = false
    const home = originOf('desk', here)
    if (found && location.origin !== home) location.replace(`${home}/${location.hash}`)
  }
  return { trouble, checking, check }
}
