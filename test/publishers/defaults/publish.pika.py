import os, sys
import pika

connection = pika.BlockingConnection(pika.URLParameters(os.environ["RABBITMQ_URL"]))
connection.channel().basic_publish("helpdesk.events", "ticket.status.changed", open(sys.argv[1]).read())
connection.close()
