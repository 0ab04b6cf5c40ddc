import '../element/private-credentials.js';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/list.css';
import './styles/ticket.css';
import './help-desk.js';
