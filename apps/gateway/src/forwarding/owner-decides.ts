import { Injectable } from '@nestjs/common';
import { TicketAccess } from '#http-server';

/** The gateway knows who calls, not what they may: every route names its action, and the owner of the ticket decides. */
@Injectable()
export class OwnerDecides extends TicketAccess {
  check(): void {
    // Nothing is known here that could be checked.
  }
}
