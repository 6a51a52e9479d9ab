import type { Deps } from '../deps.js'
import { hasLeft, isInRange } from '../state/members.js'
import { findCustomer, findPerson } from '../world.js'
import { accept, type Outcome, refuse } from './answer.js'

/**
 * `GET user/get` [D 90196]: what an application that is not the address book sees of a member. Who left is nobody; whom the
 * application isn't shown to is none of its business.
 */
export function getMember(deps: Deps, query: URLSearchParams): Outcome {
  const userid = query.get('userid')
  if (!userid) return refuse(40003)
  const person = findPerson(deps.world, userid)
  const { members } = deps.store.state
  if (!person || hasLeft(members, person)) return refuse(60111)
  if (!isInRange(members, person)) return refuse(60011)
  return accept({ userid: person.userid, name: person.name, position: person.title, status: 1, department: [1], order: [0] })
}

/** `GET externalcontact/get` [D 92114]. A customer without a follower among the members is nobody to us: 84061. */
export function getExternalContact(deps: Deps, query: URLSearchParams): Outcome {
  const id = query.get('external_userid')
  if (!id || !/^w[mo]/.test(id)) return refuse(40096)
  const customer = findCustomer(deps.world, id)
  const follower = customer && findPerson(deps.world, customer.rep)
  if (!follower || hasLeft(deps.store.state.members, follower)) return refuse(84061)
  const { externalUserId, name, company, avatar, rep } = customer
  return accept({
    external_contact: { external_userid: externalUserId, name, avatar: avatar ?? '', type: 1, gender: 0 },
    follow_user: [
      {
        userid: rep,
        remark: name,
        description: '',
        createtime: Math.floor((deps.store.state.began ?? 0) / 1000) - 30 * 86_400,
        tags: [],
        remark_corp_name: company,
        remark_mobiles: [],
        oper_userid: rep,
        add_way: 1,
        state: '',
      },
    ],
  })
}
