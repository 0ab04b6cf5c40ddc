# Shell, amqp-tools, which neither waits for the confirm nor can publish as mandatory: for
# a try by hand RABBITMQ_URL=amqp://desk:secret@broker sh publish.amqp-tools.sh event.json
amqp-publish --url="$RABBITMQ_URL" --exchange=helpdesk.events --routing-key=ticket.status.changed \
  --content-type=application/cloudevents+json --persistent <"$1"
