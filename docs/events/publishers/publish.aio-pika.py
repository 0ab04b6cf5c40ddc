# Python, aio-pika: RABBITMQ_URL=amqp://desk:secret@broker python3 publish.aio-pika.py event.json
import asyncio, os, sys
import aio_pika

async def publish(body):
    async with await aio_pika.connect(os.environ["RABBITMQ_URL"]) as connection:
        channel = await connection.channel()  # with confirms, and returned events raise
        exchange = await channel.get_exchange("helpdesk.events", ensure=False)
        message = aio_pika.Message(body, content_type="application/cloudevents+json", delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
        await exchange.publish(message, "ticket.status.changed")

asyncio.run(publish(open(sys.argv[1], "rb").read()))
