// Java, com.rabbitmq.client: RABBITMQ_URL=amqp://desk:secret@broker java -cp /usr/share/java/rabbitmq-client.jar:/usr/share/java/slf4j-api.jar Publish.java event.json
import com.rabbitmq.client.*;
import java.nio.file.*;
import java.util.concurrent.atomic.*;

class Publish {
  public static void main(String[] arguments) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(System.getenv("RABBITMQ_URL"));
    try (var connection = factory.newConnection(); var channel = connection.createChannel()) {
      channel.confirmSelect();
      var returned = new AtomicReference<String>();
      channel.addReturnListener((code, text, exchange, key, properties, body) -> returned.set(text));
      var properties = new AMQP.BasicProperties.Builder().contentType("application/cloudevents+json").deliveryMode(2).build();
      channel.basicPublish("helpdesk.events", "ticket.status.changed", true, properties, Files.readAllBytes(Path.of(arguments[0])));
      channel.waitForConfirmsOrDie(5_000);
      if (returned.get() != null) throw new IllegalStateException(returned.get());
    }
  }
}
