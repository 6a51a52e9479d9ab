import type { User } from '../channels/dingtalk/user.js'
import type { DingtalkUser } from '../domain/directory/keep-users.js'
import { readMobile } from '../domain/reach/read-point.js'
import type { Secrets } from '../lib/secret.js'

/** The number is sealed before anything is written; what is no mobile is left out. */
export function sealUser(points: Secrets, { userid, unionid, name, mobile, departments, manager }: User): DingtalkUser {
  const number = readMobile(mobile ?? '')
  return {
    ...{ userid, unionid, departments, manager },
    // Without the right to see names the platform tells the account.
    name: name === userid ? '' : name,
    number: number ? { sealed: points.seal(number), hash: points.hash(number) } : null,
  }
}
