use strict;
use warnings;
use AnyEvent::RabbitMQ;

my ($user, $pass, $host, $port, $vhost) = $ENV{RABBITMQ_URL} =~ m{^amqp://([^:]+):([^@]+)@([^:/]+):(\d+)/?(.*)};
my $body = do { local (@ARGV, $/) = ($ARGV[0]); <> };
my $end = AnyEvent->condvar;
my @failing = (on_failure => sub { $end->croak('refused') });
my $rabbit = AnyEvent::RabbitMQ->new->load_xml_spec;
my $publish = sub {
  my ($channel) = @_;
  $channel->publish(exchange => 'helpdesk.events', routing_key => 'ticket.status.changed', body => $body);
  $channel->close(on_success => sub { $end->send });
};
$rabbit->connect(
  host => $host, port => $port, user => $user, pass => $pass, vhost => $vhost eq '' ? '/' : $vhost, @failing,
  on_success => sub { $rabbit->open_channel(on_success => $publish, @failing) },
);
$end->recv;
