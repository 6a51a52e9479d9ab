import * as z from 'zod/mini'
import { colleagues } from '../../../../domain/person/person.contract.js'
import {
  type ActInput,
  ladderView,
  type ReminderAction,
  type ReminderShow,
  reminderList,
} from '../../../../domain/reminders/reminder.contract.js'
import { quickTimes, type TaskInput, taskView } from '../../../../domain/task/task.contract.js'
import { request } from '../../request.js'

/** The calls of the lists, the ladder and 提醒我, each read with its contract. Apart from api.ts: no first picture needs them. */

const seg = encodeURIComponent
const nothing = z.unknown()

export const getReminders = (show: ReminderShow, after: string | null = null) =>
  request(reminderList, `/api/reminders?show=${show}${after ? `&after=${seg(after)}` : ''}`)

export const getLadder = (id: string) => request(ladderView, `/api/reminders/${seg(id)}`)

export const actOn = (id: string, action: ReminderAction, body: ActInput) =>
  request(ladderView, `/api/reminders/${seg(id)}/actions/${action}`, { method: 'POST', body })

export const getColleagues = () => request(colleagues, '/api/colleagues').then((it) => it.people)

export const getQuickTimes = () => request(quickTimes, '/api/tasks/times').then((it) => it.times)

export const createTask = (body: TaskInput) => request(taskView, '/api/tasks', { method: 'POST', body })

export const undoTask = (id: string, requestId: string) =>
  request(taskView, `/api/tasks/${seg(id)}/undo`, { method: 'POST', body: { requestId } })

export const dropTask = (id: string, requestId: string) =>
  request(nothing, `/api/tasks/${seg(id)}/drop`, { method: 'POST', body: { requestId } })
