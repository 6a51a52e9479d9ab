import { isDingtalk } from './host/is-dingtalk.js'

/** The session is a cookie that the login sets; a page that has none goes there and comes back to where it was. */
const STAMP = 'bulou:login-at'
const AGAIN_AFTER_MS = 15_000

/** False when it was just there: back from the login and still 401, going again would turn in circles. */
export function goToLogin(): boolean {
  if (Date.now() - lastTime() < AGAIN_AFTER_MS) return false
  remember(Date.now())
  location.assign(loginUrl(location, navigator.userAgent))
  return true
}

export function loginUrl(at: { pathname: string; search: string }, userAgent: string): string {
  const door = isDingtalk(userAgent) ? '/h5/login' : '/auth/wecom'
  return `${door}?to=${encodeURIComponent(at.pathname + at.search)}`
}

/** For the button 重新登录. */
export function goToLoginNow(): void {
  remember(0)
  goToLogin()
}

function lastTime(): number {
  try {
    return Number(sessionStorage.getItem(STAMP) ?? 0)
  } catch {
    return 0
  }
}

function remember(at: number): void {
  try {
    sessionStorage.setItem(STAMP, String(at))
  } catch {
    // Storage may be switched off; then the login page itself is the brake.
  }
}
