import '../element/private-credentials.js';
import './look/base.css';
import './look/controls.css';
import './look/layout.css';
import './look/list.css';
import './look/ticket.css';
import './help-desk.js';
