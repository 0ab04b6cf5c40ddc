# Python, kombu: RABBITMQ_URL=amqp://desk:secret@broker python3 publish.kombu.py event.json
import os, sys
import kombu

with kombu.Connection(os.environ["RABBITMQ_URL"], transport_options={"confirm_publish": True}) as connection:
    returned = []
    producer = kombu.Producer(connection, auto_declare=False, on_return=lambda *why: returned.append(why[1]))
    # Bytes, since text would be encoded as JSON once more; no declare, which a user who may only write is refused.
    body = open(sys.argv[1], "rb").read()
    how = {"content_type": "application/cloudevents+json", "content_encoding": "utf-8", "delivery_mode": 2, "mandatory": True}
    producer.publish(body, exchange="helpdesk.events", routing_key="ticket.status.changed", **how)
sys.exit(str(returned[0]) if returned else 0)
