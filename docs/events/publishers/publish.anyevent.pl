# Perl, AnyEvent::RabbitMQ: RABBITMQ_URL=amqp://desk:secret@broker perl publish.anyevent.pl event.json
use v5.20;
use AnyEvent::RabbitMQ;

my ($user, $pass, $host, $port, $vhost) = $ENV{RABBITMQ_URL} =~ m{^amqp://([^:]+):([^@]+)@([^:/]+):?(\d*)/?(.*)};
my $body = do { local (@ARGV, $/) = ($ARGV[0]); <> };
my $end = AnyEvent->condvar;
my $fail = sub { $end->croak(ref $_[0] ? $_[0]->method_frame->reply_text : $_[0]) };
my $rabbit = AnyEvent::RabbitMQ->new->load_xml_spec;
my $publish = sub {
  my ($channel) = @_;
  $channel->publish(
    exchange => 'helpdesk.events', routing_key => 'ticket.status.changed', body => $body, mandatory => 1,
    header => { content_type => 'application/cloudevents+json', delivery_mode => 2 },
    on_ack => sub { $end->send }, on_nack => $fail, on_return => $fail,
  );
};
$rabbit->connect(
  user => $user, pass => $pass, host => $host, port => $port || 5672, vhost => $vhost eq '' ? '/' : $vhost,
  on_failure => $fail, on_close => $fail, on_read_failure => $fail,
  on_success => sub {
    $rabbit->open_channel(on_failure => $fail, on_close => $fail, on_success => sub {
      my ($channel) = @_;
      $channel->confirm(on_failure => $fail, on_success => sub { $publish->($channel) });
    });
  },
);
$end->recv;
