import { type EventMessage } from '#cloud-events';
import { type Delivery } from './rabbit-context.js';

/** What is handled: a message, or one event of several in a message. */
export interface Parcel extends Delivery, EventMessage {}
