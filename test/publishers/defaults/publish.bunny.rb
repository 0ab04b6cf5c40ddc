require 'bunny'

connection = Bunny.new(ENV['RABBITMQ_URL']).start
exchange = connection.create_channel.topic('helpdesk.events', durable: true)
exchange.publish(File.read(ARGV[0]), routing_key: 'ticket.status.changed')
connection.close
