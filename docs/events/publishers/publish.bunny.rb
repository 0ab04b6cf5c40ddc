# Ruby, bunny: RABBITMQ_URL=amqp://desk:secret@broker ruby publish.bunny.rb event.json
require 'bunny'

connection = Bunny.new(ENV['RABBITMQ_URL']).start
channel = connection.create_channel
channel.confirm_select
# no_declare: a user who may only write is refused to declare it.
exchange = channel.exchange('helpdesk.events', type: :topic, no_declare: true)
returned = nil
exchange.on_return { |info, _properties, _body| returned = info.reply_text }
exchange.publish(File.binread(ARGV[0]), routing_key: 'ticket.status.changed', content_type: 'application/cloudevents+json', mandatory: true)
abort(returned || 'not confirmed') unless channel.wait_for_confirms && returned.nil?
connection.close
