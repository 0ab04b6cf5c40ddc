amqp-publish -u "$RABBITMQ_URL" -e helpdesk.events -r ticket.status.changed <"$1"
