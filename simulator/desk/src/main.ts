import { createApp } from 'vue'
import DeskApp from './DeskApp.vue'
import './styles/tokens.css'
import './styles/base.css'

createApp(DeskApp).mount('#app')
