import { fieldOf, findField } from '../../channels/dingtalk/fields.js'
import { tickTodo } from '../../domain/todo/tick-todo.js'
import { defineEvent } from '../define.js'

/** Somebody ticked off what we put into their list of things to do (todo_task_update). Other changes there are their own. */
export default defineEvent({
  name: 'todo-task-update',
  async run({ work }, data) {
    const taskId = fieldOf(data, 'taskId')
    if (taskId && String(findField(data, 'done')) === 'true') await tickTodo(work, taskId)
  },
})
