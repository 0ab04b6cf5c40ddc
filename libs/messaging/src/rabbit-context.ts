import { BaseRpcContext } from '@nestjs/microservices';

/** What RabbitMQ and our own headers say of a delivery. */
export interface Delivery {
  /** The event's id; undefined when the publisher set none. */
  readonly messageId: string | undefined;
  /** The event's type: the routing key it was first published with. */
  readonly type: string;
  /**
   * 1 for the first delivery; grows with every retry, not with
   * a redelivery after a crash.
   */
  readonly attempt: number;
  /** True when an earlier delivery may have been handled, wholly or in part. */
  readonly redelivered: boolean;
  readonly headers: Readonly<Record<string, unknown>>;
  /**
   * The publisher's user, verified by the broker; undefined when the
   * publisher did not claim one.
   */
  readonly userId: string | undefined;
}

/**
 * The second argument (`@Ctx()`) of every `@EventPattern` handler that is
 * reached by RabbitTransport.
 */
export class RabbitContext extends BaseRpcContext<[Delivery]> implements Delivery {
  readonly messageId: string | undefined;
  readonly type: string;
  readonly attempt: number;
  readonly redelivered: boolean;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly userId: string | undefined;

  constructor(delivery: Delivery) {
    super([delivery]);
    this.messageId = delivery.messageId;
    this.type = delivery.type;
    this.attempt = delivery.attempt;
    this.redelivered = delivery.redelivered;
    this.headers = delivery.headers;
    this.userId = delivery.userId;
  }
}
