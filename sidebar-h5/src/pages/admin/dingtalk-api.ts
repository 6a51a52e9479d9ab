import { budgetPage } from '../../../../domain/budget/budget.contract.js'
import { dingtalkView } from '../../../../domain/connection/connection.contract.js'
import { request } from '../../request.js'

export const getDingtalk = () => request(dingtalkView, '/api/admin/dingtalk').then((it) => it.dingtalk)

export const getBudget = () => request(budgetPage, '/api/admin/budget').then((it) => it.budget)
