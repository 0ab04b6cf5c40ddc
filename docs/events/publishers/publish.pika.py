# Python, pika: RABBITMQ_URL=amqp://desk:secret@broker python3 publish.pika.py event.json
import os, sys
import pika

with pika.BlockingConnection(pika.URLParameters(os.environ["RABBITMQ_URL"])) as connection:
    channel = connection.channel()
    channel.confirm_delivery()  # without it nothing says that an event is lost
    properties = pika.BasicProperties(content_type="application/cloudevents+json", delivery_mode=2)
    # Raises UnroutableError where nobody takes it.
    channel.basic_publish("helpdesk.events", "ticket.status.changed", open(sys.argv[1], "rb").read(), properties, mandatory=True)
