import { isRole } from '../../domain/person/actor.js'
import { roleName } from '../../domain/person/person.contract.js'
import { defineCommand } from '../define.js'

export default defineCommand({
  name: 'who-am-i',
  says: ['我是谁', '绑定'],
  help: '看看我把你认成了谁',
  async run(ctx) {
    const { name, roles } = ctx.actor
    await ctx.sayOpenly(
      `你是${name}，角色：${
        roles
          .filter(isRole)
          .map((role) => roleName[role])
          .join('、') || '还没有，请联系管理员'
      }。`,
    )
  },
})
