/**
 * The rules of the contract as who calls the gateway meets them, a file for each kind of
 * rule. One kind by itself: `npm test -- test/contract/over-http -t 'Idempotency-Key'`.
 */
import './over-http/bodies.js';
import './over-http/caching.js';
import './over-http/empty-texts.js';
import './over-http/fault-codes.js';
import './over-http/fields.js';
import './over-http/headers.js';
import './over-http/integrating.js';
import './over-http/lists.js';
import './over-http/longest-bodies.js';
import './over-http/order-of-errors.js';
import './over-http/routes.js';
