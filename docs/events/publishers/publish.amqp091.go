// Go, amqp091-go: RABBITMQ_URL=amqp://desk:secret@broker go run publish.amqp091.go event.json
package main

import (
	"context"
	"log"
	"os"

	amqp "github.com/rabbitmq/amqp091-go"
)

func main() {
	body := must(os.ReadFile(os.Args[1]))
	connection := must(amqp.Dial(os.Getenv("RABBITMQ_URL")))
	channel := must(connection.Channel())
	if err := channel.Confirm(false); err != nil {
		log.Fatal(err)
	}
	returned := channel.NotifyReturn(make(chan amqp.Return, 1))
	message := amqp.Publishing{ContentType: "application/cloudevents+json", DeliveryMode: amqp.Persistent, Body: body}
	sent := must(channel.PublishWithDeferredConfirmWithContext(context.Background(), "helpdesk.events", "ticket.status.changed", true, false, message))
	if !sent.Wait() || len(returned) > 0 {
		log.Fatal("taken by nobody")
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
