import { createApp } from 'vue'
import App from './App.vue'
import { followHistory } from './place.js'
import './styles/tokens.css'
import './styles/base.css'

followHistory()
createApp(App).mount('#app')
