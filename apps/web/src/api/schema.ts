/** The types of the API, made of docs/openapi.json by `npm run openapi`. */
export type paths = {
    "/v1/streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live news of several tickets
         * @description Server-sent events: `sync` first and after every gap (fetch everything then), `ticket`, `credential.submitted`,
         *     `credential.revealed`, `credential.edited`, `credential.requested`, `credentials.destroyed`; a comment every 15 seconds. Ends when the token does. Each event's data has its `ticketId`. A ticket that one may not listen to, or not any more, is told as `refused`, again where
         *     that ticket itself has changed and one may read it, and as `sync` once one may listen.
         */
        get: operations["Streams_open"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tickets, newest change first */
        get: operations["Tickets_list"];
        put?: never;
        /** Open a ticket */
        post: operations["Tickets_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One ticket */
        get: operations["Tickets_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change status or assignee */
        patch: operations["Tickets_update"];
        trace?: never;
    };
    "/v1/tickets/{ticketId}/access-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: operations["Evidence_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/credential-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests, newest first; an open one is on the first page */
        get: operations["Evidence_requests"];
        put?: never;
        /** Ask the requester to share credentials; 200 with the open request if there is one */
        post: operations["Evidence_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/credential-requests/{requestId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw a request */
        delete: operations["Evidence_withdraw"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is shared, or what the caller shared under a ticket of somebody else; never a secret */
        get: operations["Credentials_list"];
        put?: never;
        /** Share credentials */
        post: operations["Credentials_submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/credentials/{credentialId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them; never a secret */
        get: operations["Credentials_get"];
        put?: never;
        post?: never;
        /** Destroy one; whoever shared it always may */
        delete: operations["Credentials_delete"];
        options?: never;
        head?: never;
        /** Edit the additional information, the only part that may be edited */
        patch: operations["Credentials_edit"];
        trace?: never;
    };
    "/v1/tickets/{ticketId}/credentials/{credentialId}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reveal one */
        post: operations["Credentials_revealOne"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/credentials/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reveal all */
        post: operations["Credentials_revealAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/destruction-receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proof of what was destroyed, newest first */
        get: operations["Evidence_receipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Replies, oldest first */
        get: operations["Tickets_replies"];
        put?: never;
        /** Reply */
        post: operations["Tickets_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticketId}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live news of a ticket
         * @description Server-sent events: `sync` first and after every gap (fetch everything then), `ticket`, `credential.submitted`,
         *     `credential.revealed`, `credential.edited`, `credential.requested`, `credentials.destroyed`; a comment every 15 seconds. Ends when the token does.
         */
        get: operations["Stream_open"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
};
export type webhooks = Record<string, never>;
export type components = {
    schemas: {
        AccessLogEntryResponse: {
            /** @description `submit` `reveal` `edit` `delete` `request` `withdraw-request`; `destroy`: a credential is gone; `assign` `unassign`: who may act on the ticket changed, `reason` is the new assignee */
            action: string;
            actorId: string | null;
            actorName?: string;
            actorRole: string;
            /** @description The network address; for admins only */
            address?: string | null;
            /** Format: date-time */
            at: string;
            credentialId: string | null;
            /** @enum {string} */
            outcome: "done" | "refused" | "failed";
            reason: string | null;
            /** @description The request; of `assign` and `unassign` the event */
            requestId: string | null;
            seq: number;
        };
        CreateReplyRequest: {
            /**
             * @description What to say
             * @example Thank you, I am looking into it.
             */
            body: string;
        };
        CreateTicketRequest: {
            /**
             * @description The whole story
             * @example Since this morning, every login ends in an error.
             */
            description?: string | null;
            /**
             * @description For whom an agent opens it; a customer opens tickets for themself
             * @example customer-1
             */
            requesterId?: string | null;
            /**
             * @description What it is about, in a line
             * @example Cannot log in to the staging shop
             */
            subject: string;
        };
        CredentialRequestResponse: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            fulfilledAt: string | null;
            id: string;
            message: string | null;
            requestedBy: string;
            requestedByName?: string;
        };
        CredentialSummaryResponse: {
            /** Format: date-time */
            expiresAt: string;
            hasAdditionalInformation: boolean;
            hasLink: boolean;
            id: string;
            /** Format: date-time */
            lastRevealedAt: string | null;
            lastRevealedBy: string | null;
            lastRevealedByName?: string;
            noteVersion: number;
            /** @description 1, 2, … within the ticket */
            number: number;
            reveals: number;
            /** Format: date-time */
            submittedAt: string;
            submittedBy: string;
            submittedByName?: string;
        };
        DestructionReceiptResponse: {
            credentialIds: string[];
            /** Format: date-time */
            destroyedAt: string;
            id: string;
            /** @description The signed receipt (JWS); null until signed, moments later */
            jws: string | null;
            /** @enum {string} */
            reason: "ticket-ended" | "expired" | "withdrawn" | "deleted" | "reconciled" | "restored";
        };
        EditNoteRequest: {
            /**
             * @description The new note; null or empty clears it
             * @example Ask for the second factor by phone
             */
            additionalInformation: string | null;
        };
        FieldFaultResponse: {
            /**
             * @description Stable; made for programs
             * @enum {string}
             */
            code: "required" | "unknown" | "immutable" | "object" | "text" | "link" | "status" | "integer" | "invalid";
            detail: string;
            /** @description JSON pointer into the body, or the name of a query parameter or header */
            pointer: string;
        };
        ProblemResponse: {
            /**
             * @description Stable; made for programs
             * @enum {string}
             */
            code: "unauthenticated" | "rate-limited" | "malformed" | "too-large" | "headers-too-large" | "unsupported-media-type" | "not-found" | "forbidden" | "invalid" | "immutable-field" | "idempotency-conflict" | "precondition-required" | "stale" | "ticket-ended" | "closed-is-final" | "owned-by-home" | "too-many" | "standing-unknown" | "unavailable" | "internal";
            detail: string;
            errors?: components["schemas"]["FieldFaultResponse"][];
            requestId: string;
            status: number;
            title: string;
            /** Format: uri */
            type: string;
        };
        ReplyResponse: {
            authorId: string;
            authorName?: string;
            body: string;
            /** Format: date-time */
            createdAt: string;
            id: string;
        };
        RequestCredentialsRequest: {
            /**
             * @description What is asked for
             * @example Please share access to the staging shop
             */
            message?: string | null;
        };
        RevealedCredentialResponse: {
            additionalInformation: string | null;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            link: string | null;
            noteVersion: number;
            number: number;
            password: string;
            /** Format: date-time */
            submittedAt: string;
            username: string;
        };
        RevealRequest: {
            /**
             * @description Why it is needed; stands in the access log. With REVEAL_REASON=required it may not be left out
             * @example To reproduce the error
             */
            reason?: string | null;
        };
        SubmitCredentialRequest: {
            /**
             * @description Anything else; agents may edit it
             * @example Second factor is switched off until Friday
             */
            additionalInformation?: string | null;
            /**
             * @description Seconds until it is destroyed by itself, from 300; at most, and if left out, CREDENTIAL_TTL_DAYS
             * @example 86400
             */
            expiresIn?: number;
            /**
             * @description Where to use it: http or https, without user-info and invisible characters. Never fetched; written once
             * @example https://shop.example/admin
             */
            link?: string | null;
            /**
             * @description Kept exactly as sent; written once
             * @example a temporary password
             */
            password: string;
            /**
             * @description Kept exactly as sent; written once
             * @example shop-admin
             */
            username: string;
        };
        TicketResponse: {
            assigneeId: string | null;
            assigneeName?: string;
            /** Format: date-time */
            createdAt: string;
            description: string | null;
            /**
             * @description Its home said something of it that was not understood; nothing is revealed
             * @enum {boolean}
             */
            doubted?: true;
            home: string;
            id: string;
            requesterId: string | null;
            requesterName?: string;
            /** @enum {string} */
            status: "open" | "pending" | "on_hold" | "resolved" | "closed";
            subject: string;
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        UpdateTicketRequest: {
            /**
             * @description Who works on it; null or empty unassigns
             * @example agent-1
             */
            assigneeId?: string | null;
            /**
             * @description The new status; the same again changes nothing
             * @example resolved
             * @enum {string}
             */
            status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
};
export type $defs = Record<string, never>;
export interface operations {
    Streams_open: {
        parameters: {
            query: {
                /** @description 1 to 30 ids with commas between them */
                tickets: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events until somebody ends it */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store, no-transform";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Tickets_list: {
        parameters: {
            query?: {
                assignee?: "me" | "none";
                cursor?: string;
                home?: string;
                limit?: number;
                status?: "open" | "pending" | "on_hold" | "resolved" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tickets, newest change first */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TicketResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Tickets_create: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTicketRequest"];
            };
        };
        responses: {
            /** @description Open a ticket */
            201: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The version, for If-Match */
                    ETag?: string;
                    /** @description The path of what was made, with that of PUBLIC_URL */
                    Location?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketResponse"];
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON */
            415: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields; `idempotency-conflict`: This Idempotency-Key was used with another body */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Tickets_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One ticket */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The version, for If-Match */
                    ETag?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketResponse"];
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Tickets_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description A version that was read, as in ETag: `"3"`, also as a proxy has changed it (`W/"3"`, `"3-gzip"`); a list; or `*` */
                "If-Match"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateTicketRequest"];
            };
        };
        responses: {
            /** @description Change status or assignee */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The version, for If-Match */
                    ETag?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketResponse"];
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `closed-is-final`: A closed ticket stays closed; `owned-by-home`: The status of this ticket is set by its home */
            409: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `stale`: Somebody else was faster */
            412: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON */
            415: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Evidence_log: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who did what, newest first */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AccessLogEntryResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Evidence_requests: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Requests, newest first; an open one is on the first page */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CredentialRequestResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Evidence_request: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RequestCredentialsRequest"];
            };
        };
        responses: {
            /** @description Ask the requester to share credentials; 200 with the open request if there is one */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialRequestResponse"];
                };
            };
            /** @description Ask the requester to share credentials; 200 with the open request if there is one */
            201: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialRequestResponse"];
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `ticket-ended`: The ticket has ended */
            409: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON */
            415: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields; `idempotency-conflict`: This Idempotency-Key was used with another body */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Evidence_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                requestId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Withdraw a request */
            204: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON */
            415: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Credentials_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is shared, or what the caller shared under a ticket of somebody else; never a secret */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CredentialSummaryResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Credentials_submit: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitCredentialRequest"];
            };
        };
        responses: {
            /** @description Share credentials */
            201: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The version, for If-Match */
                    ETag?: string;
                    /** @description The path of what was made, with that of PUBLIC_URL */
                    Location?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialSummaryResponse"];
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `ticket-ended`: The ticket has ended; `too-many`: Too many */
            409: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON */
            415: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields; `idempotency-conflict`: This Idempotency-Key was used with another body */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Credentials_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credentialId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of them; never a secret */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The version, for If-Match */
                    ETag?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialSummaryResponse"];
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Credentials_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credentialId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Destroy one; whoever shared it always may */
            204: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON */
            415: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Credentials_edit: {
        parameters: {
            query?: never;
            header: {
                /** @description A version that was read, as in ETag: `"3"`, also as a proxy has changed it (`W/"3"`, `"3-gzip"`); a list; or `*` */
                "If-Match": string;
            };
            path: {
                credentialId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditNoteRequest"];
            };
        };
        responses: {
            /** @description Edit the additional information, the only part that may be edited */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The version, for If-Match */
                    ETag?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialSummaryResponse"];
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `ticket-ended`: The ticket has ended */
            409: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `stale`: Somebody else was faster */
            412: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON */
            415: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields; `immutable-field`: This field cannot be changed */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `precondition-required`: If-Match is needed */
            428: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Credentials_revealOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credentialId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RevealRequest"];
            };
        };
        responses: {
            /** @description Reveal one */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealedCredentialResponse"];
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `ticket-ended`: The ticket has ended */
            409: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON */
            415: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Credentials_revealAll: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RevealRequest"];
            };
        };
        responses: {
            /** @description Reveal all */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RevealedCredentialResponse"][];
                    };
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `ticket-ended`: The ticket has ended */
            409: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON */
            415: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Evidence_receipts: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Proof of what was destroyed, newest first */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DestructionReceiptResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Tickets_replies: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Replies, oldest first */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReplyResponse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Tickets_reply: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateReplyRequest"];
            };
        };
        responses: {
            /** @description Reply */
            201: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplyResponse"];
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `too-large`: The body is too large */
            413: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unsupported-media-type`: The body must be JSON */
            415: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields; `idempotency-conflict`: This Idempotency-Key was used with another body */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Stream_open: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events until somebody ends it */
            200: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store, no-transform";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description `malformed`: The request cannot be read */
            400: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unauthenticated`: A valid token is needed */
            401: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description RFC 6750; of a reveal that needs a more recent sign-in, RFC 9470 */
                    "WWW-Authenticate"?: string;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `forbidden`: Not allowed */
            403: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `not-found`: Not found */
            404: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `invalid`: The request has invalid fields */
            422: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `rate-limited`: Too many requests */
            429: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `headers-too-large`: The headers are too large */
            431: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `internal`: Something went wrong on our side */
            500: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description `unavailable`: Not available at the moment; `standing-unknown`: The standing of the ticket is unknown at the moment */
            503: {
                headers: {
                    /** @description It depends on the token */
                    "Cache-Control"?: "no-store";
                    /** @description Seconds */
                    "Retry-After"?: number;
                    /** @description The request's own, if sane, or a new one */
                    "X-Request-Id"?: string;
                    /** @description Where the ticket itself is in doubt, until its home or an operator settles it */
                    "X-Ticket-Doubted"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
}
