<?php // PHP, php-amqplib: RABBITMQ_URL=amqp://desk:secret@broker php publish.amqplib.php event.json
require 'PhpAmqpLib/autoload.php';
use PhpAmqpLib\{Connection\AMQPStreamConnection, Message\AMQPMessage};

$url = parse_url(getenv('RABBITMQ_URL'));
$vhost = urldecode(substr($url['path'] ?? '/', 1)) ?: '/';
$connection = new AMQPStreamConnection($url['host'], $url['port'] ?? 5672, urldecode($url['user']), urldecode($url['pass']), $vhost);
$channel = $connection->channel();
$channel->confirm_select();
$channel->set_return_listener(fn ($code, $text) => exit($text . "\n")); // taken by nobody
$message = new AMQPMessage(file_get_contents($argv[1]), ['content_type' => 'application/cloudevents+json', 'delivery_mode' => 2]);
$channel->basic_publish($message, 'helpdesk.events', 'ticket.status.changed', true);
$channel->wait_for_pending_acks_returns(5);
$connection->close();
