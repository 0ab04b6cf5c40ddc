import '../element/private-credentials.js';
